# What a package of this tree is made of: $(eval $(call miniroot-package,name)) after its variables.
#   FOO_VERSION            may be empty
#   FOO_DEPENDENCIES       packages that come first
#   FOO_DOWNLOAD_CMDS, FOO_EXTRACT_CMDS, FOO_BUILD_CMDS, FOO_INSTALL_IMAGES_CMDS, FOO_INSTALL_TARGET_CMDS
#   FOO_LICENSE, FOO_SOURCE
# A step without commands is not run. A step that succeeded leaves a stamp, so a build that ended early goes on where it stopped.

UPPER = $(shell printf '%s' '$(1)' | tr 'a-z-' 'A-Z_')

PACKAGES :=

# $(1): start or end, $(2): step, $(3): package. The line's form is that of Buildroot's build-time.log.
step_hook = mkdir -p $(BUILD_DIR); \
	printf '%s:%-5.5s:%-20.20s: %s\n' "$$(date +%s.%N)" '$(1)' '$(2)' '$(3)' >>$(BUILD_DIR)/build-time.log; \
	$(foreach script,$(BR2_INSTRUMENTATION_SCRIPTS),$(script) '$(1)' '$(2)' '$(3)';)

# $(1): package, $(2): PACKAGE, $(3): stamp, $(4): the stamp before it, $(5): step, $(6): message, $(7): variable with the commands
define package-step
$$($(2)_DIR)/.stamp_$(3): $(if $(4),$$($(2)_DIR)/.stamp_$(4))
	@mkdir -p $$(@D)
$(if $(value $(2)_$(7)),	@$$(call step_hook,start,$(5),$(1))
$(if $(6),	@echo ">>> $(1) $$($(2)_VERSION) $(6)")
	$$($(2)_$(7))
	@$$(call step_hook,end,$(5),$(1)))
	@touch $$@
endef

define miniroot-package-inner
$(2)_NAME := $(1)
$(2)_DIR := $$(BUILD_DIR)/$(1)$$(if $$($(2)_VERSION),-$$($(2)_VERSION))
$(2)_PKGDIR := package/$(1)
$(2)_DL_DIR := $$(BR2_DL_DIR)/$(1)
PACKAGES += $(1)

$(call package-step,$(1),$(2),downloaded,,download,,DOWNLOAD_CMDS)
$(call package-step,$(1),$(2),extracted,downloaded,extract,Extracting,EXTRACT_CMDS)
$(call package-step,$(1),$(2),built,extracted,build,Building,BUILD_CMDS)
$(call package-step,$(1),$(2),images_installed,built,install-image,Installing to images directory,INSTALL_IMAGES_CMDS)
$(call package-step,$(1),$(2),target_installed,built,install-target,Installing to target,INSTALL_TARGET_CMDS)

# Packages that come first must be whole before this one starts.
$$($(2)_DIR)/.stamp_extracted: | $$($(2)_DEPENDENCIES)

$$($(2)_DIR)/.stamp_installed: $$($(2)_DIR)/.stamp_images_installed $$($(2)_DIR)/.stamp_target_installed
	@touch $$@

.PHONY: $(1) $(1)-source $(1)-dirclean $(1)-rebuild $(1)-reinstall $(1)-clean-for-rebuild $(1)-clean-for-reinstall
$(1): $$($(2)_DIR)/.stamp_installed
$(1)-source: $$($(2)_DIR)/.stamp_downloaded
$(1)-dirclean:
	@rm -rf $$($(2)_DIR)
$(1)-clean-for-reinstall:
	@rm -f $$($(2)_DIR)/.stamp_installed $$($(2)_DIR)/.stamp_target_installed $$($(2)_DIR)/.stamp_images_installed
$(1)-clean-for-rebuild: $(1)-clean-for-reinstall
	@rm -f $$($(2)_DIR)/.stamp_built
$(1)-reinstall: $(1)-clean-for-reinstall $(1)
$(1)-rebuild: $(1)-clean-for-rebuild $(1)
endef

miniroot-package = $(call miniroot-package-inner,$(1),$(call UPPER,$(1)))
