import * as v from "valibot";

const address = v.nullish(v.string());

/**
 * What `POST /v1/continue_inspection` must carry at the least: an inventory with one interface or more
 * (`ironic/api/controllers/v1/ramdisk.py`). All else is kept as it came.
 */
export const inspectionBody: v.GenericSchema<InspectionBody> = v.looseObject({
  inventory: v.looseObject({
    bmc_address: address,
    bmc_v6address: address,
    interfaces: v.pipe(v.array(v.looseObject({ mac_address: v.string() })), v.minLength(1)),
  }),
});

export interface InspectionBody {
  readonly inventory: {
    readonly bmc_address?: string | null | undefined;
    readonly bmc_v6address?: string | null | undefined;
    readonly interfaces: readonly { readonly mac_address: string }[];
  };
}

/** A network card, as the agent describes it; fields unknown to this package are kept. */
const networkInterface = v.looseObject({
  name: v.string(),
  mac_address: v.nullable(v.string()),
});

/** The hardware, as `poll.get_hardware_info` and inspection data describe it; fields unknown to this package are kept. */
export const inventory: v.GenericSchema<Inventory> = v.looseObject({
  interfaces: v.array(networkInterface),
  cpu: v.looseObject({ count: v.number(), architecture: v.string() }),
  disks: v.array(v.looseObject({ name: v.string(), size: v.number() })),
  memory: v.looseObject({ physical_mb: v.nullish(v.number()) }),
});

/** The parts of an inventory that this package reads. */
export interface Inventory {
  readonly interfaces: readonly { readonly name: string; readonly mac_address: string | null }[];
  readonly cpu: { readonly count: number; readonly architecture: string };
  readonly disks: readonly { readonly name: string; readonly size: number }[];
  readonly memory: { readonly physical_mb?: number | null | undefined };
}
