# Package infrastructures of Buildroot that an external tree may use. miniroot cannot compile anything: it notes the name,
# and says so in the build where such a package is switched on.

FOREIGN_PACKAGES :=
note-foreign = $(eval FOREIGN_PACKAGES += $(notdir $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))))

$(foreach infra,generic autotools cmake meson kconfig python perl luarocks golang cargo kernel-module virtual, \
	$(eval $(infra)-package = $$(note-foreign)))

define warn-foreign
$(foreach package,$(sort $(FOREIGN_PACKAGES)),$(if $(filter y,$(BR2_PACKAGE_$(call UPPER,$(package)))), \
	@echo "warning: miniroot does not build $(package)$(comma) which .config asks for" >&2$(newline)))
endef
