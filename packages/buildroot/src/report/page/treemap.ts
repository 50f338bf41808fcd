export interface Tile<T> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides a rectangle among items by their weight, in tiles as square as they can be (Bruls, Huizing, van Wijk: "Squarified Treemaps").
 * The items have to be sorted, the heaviest first; those without weight get no tile.
 */
export function treemap<T extends { readonly size: number }>(
  items: readonly T[],
  width: number,
  height: number,
): Tile<T>[] {
  const total = items.reduce((sum, { size }) => sum + size, 0);
  const tiles: Tile<T>[] = [];
  if (total === 0) return tiles;
  const scale = (width * height) / total;
  const space = { x: 0, y: 0, width, height };
  let rest = items.filter(({ size }) => size > 0);
  while (rest.length > 0) {
    const side = Math.min(space.width, space.height);
    let count = 1;
    while (count < rest.length && worst(rest, count + 1, side, scale) <= worst(rest, count, side, scale)) count++;
    const row = rest.slice(0, count);
    rest = rest.slice(count);
    const area = row.reduce((sum, { size }) => sum + size * scale, 0);
    const across = space.width >= space.height;
    const thickness = side === 0 ? 0 : area / side;
    let along = 0;
    for (const item of row) {
      const length = thickness === 0 ? 0 : (item.size * scale) / thickness;
      tiles.push(
        across
          ? { item, x: space.x, y: space.y + along, width: thickness, height: length }
          : { item, x: space.x + along, y: space.y, width: length, height: thickness },
      );
      along += length;
    }
    if (across) Object.assign(space, { x: space.x + thickness, width: space.width - thickness });
    else Object.assign(space, { y: space.y + thickness, height: space.height - thickness });
  }
  return tiles;
}

/** The worst ratio of sides in a row of the first `count` items. */
function worst(items: readonly { readonly size: number }[], count: number, side: number, scale: number): number {
  const areas = items.slice(0, count).map(({ size }) => size * scale);
  const sum = areas.reduce((total, area) => total + area, 0);
  const [largest, smallest] = [areas[0]!, areas.at(-1)!];
  return Math.max((side * side * largest) / (sum * sum), (sum * sum) / (side * side * smallest));
}
