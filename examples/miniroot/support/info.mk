# show-info: what Buildroot's show-info says, for the packages of this tree.

comma := ,
json-list = [$(subst $(space),$(comma)$(space),$(foreach word,$(sort $(1)),"$(word)"))]
users-of = $(foreach package,$(PACKAGES),$(if $(filter $(1),$($(call UPPER,$(package))_DEPENDENCIES)),$(package)))

# $(1): package, $(2): PACKAGE
define package-info
  "$(1)": {
    "type": "target",
    "name": "$(1)",
    "virtual": false,
    "version": "$($(2)_VERSION)",
    "licenses": "$($(2)_LICENSE)",
    "license_files": [],
    "redistributable": true,
    "dl_dir": "$(1)",
    "downloads": [$(if $($(2)_SOURCE),{"source": "$($(2)_SOURCE)"$(comma) "uris": []})],
    "hashes": [],
    "patches": [],
    "package_dir": "$($(2)_PKGDIR)",
    "stamp_dir": "$($(2)_DIR:$(O)/%=%)",
    "source_dir": "$($(2)_DIR:$(O)/%=%)",
    "build_dir": "$($(2)_DIR:$(O)/%=%)",
    "install_target": $(if $(value $(2)_INSTALL_TARGET_CMDS),true,false),
    "install_staging": false,
    "install_images": $(if $(value $(2)_INSTALL_IMAGES_CMDS),true,false),
    "dependencies": $(call json-list,$($(2)_DEPENDENCIES)),
    "reverse_dependencies": $(call json-list,$(call users-of,$(1)))
  }
endef

define info-text
{
$(foreach package,$(PACKAGES),$(call package-info,$(package),$(call UPPER,$(package)))$(comma)
)  "rootfs-cpio": {
    "type": "rootfs",
    "image_name": $(if $(BR2_TARGET_ROOTFS_CPIO),"$(ROOTFS_IMAGE)",null),
    "dependencies": $(call json-list,$(PACKAGES))
  }
}
endef

.PHONY: show-info
show-info:
	$(info $(info-text))
	@:

# show-vars: the variables whose names match VARS, as JSON; "raw" is the text before make expands it.
VARS ?= BR2_%
define newline


endef
backslash := $(strip \)
json-text = "$(subst $(newline),\n,$(subst ",\",$(subst $(backslash),\\,$(1))))"
shown-vars = $(foreach name,$(sort $(foreach one,$(.VARIABLES),$(filter $(VARS),$(one)))), \
	$(if $(filter file override command,$(firstword $(origin $(name)))),$(name)))
var-entry = "$(1)": {"expanded": $(call json-text,$($(1)))$(comma) "raw": $(call json-text,$(value $(1)))}
var-entries = $(foreach name,$(1),$(if $(filter $(name),$(firstword $(1))),,$(comma))$(call var-entry,$(name)))

.PHONY: show-vars
show-vars:
	$(info {$(call var-entries,$(call shown-vars))})
	@:
