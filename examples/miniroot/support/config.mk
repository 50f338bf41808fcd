# Configuration. The Kconfig engine is @ipa-br/kconfig, called through support/conf.mjs.

CONF = BR2_CONFIG='$(BR2_CONFIG)' BASE_DIR='$(O)' BR2_VERSION='$(BR2_VERSION)' BR2_DEFCONFIG='$(2)' \
	node support/conf.mjs $(1)

# The defconfig that a configuration came from, which savedefconfig writes back to.
loaded_defconfig = $(call qstrip,$(shell sed -n 's/^BR2_DEFCONFIG=//p' $(BR2_CONFIG) 2>/dev/null))
saved_defconfig = $(or $(BR2_DEFCONFIG),$(subst $$(CONFIG_DIR),$(CONFIG_DIR),$(loaded_defconfig)),$(O)/defconfig)

.PHONY: defconfig olddefconfig savedefconfig update-defconfig

outputmakefile:
	@echo "  GEN     $(O)/Makefile"
	@support/wrapper.sh $(O)

# In make's order a later tree's file comes first, so it wins over an earlier one's of the same name.
reverse = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

define defconfig-rule
%_defconfig: $(1)/configs/%_defconfig outputmakefile
	@$$(call CONF,defconfig,$$<) '$$<'
endef
$(foreach tree,$(call reverse,$(TOPDIR) $(BR2_EXTERNAL_DIRS)),$(eval $(call defconfig-rule,$(tree))))

$(foreach goal,$(filter %_defconfig,$(MAKECMDGOALS)), \
	$(if $(wildcard $(addsuffix /configs/$(goal),$(TOPDIR) $(BR2_EXTERNAL_DIRS))),, \
		$(error there is no defconfig $(goal): "make list-defconfigs" lists those there are)))

defconfig: outputmakefile
	@$(call CONF,defconfig,$(BR2_DEFCONFIG)) $(if $(BR2_DEFCONFIG),'$(BR2_DEFCONFIG)')

olddefconfig: outputmakefile
	@$(call CONF,olddefconfig,$(loaded_defconfig))

savedefconfig update-defconfig: outputmakefile
	@$(call CONF,savedefconfig,$(loaded_defconfig)) '$(saved_defconfig)'

.PHONY: $(MENU_GOALS) $(FOREIGN_GOALS)
$(MENU_GOALS):
	@echo "miniroot has no menus: edit $(BR2_CONFIG), then run \"make O=$(O) olddefconfig\"." >&2
	@echo "To see what there is to set, read $(TOPDIR)/Config.in. Menus come with real Buildroot." >&2
	@exit 1

$(FOREIGN_GOALS):
	@echo "miniroot takes the kernel and BusyBox ready-made: there is nothing to configure in them. Use real Buildroot for $@." >&2
	@exit 1
