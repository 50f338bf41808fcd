ifeq ($(BR2_LINUX_KERNEL),y)

# Three words: version, name of the package's file, and the package (or the path of a file that is used as it is).
LINUX_RESOLVED := $(shell BUILD_DIR='$(BUILD_DIR)' BR2_DL_DIR='$(BR2_DL_DIR)' \
	package/linux/resolve.sh '$(call qstrip,$(BR2_MINIROOT_KERNEL_PACKAGE))' \
	'$(call qstrip,$(BR2_MINIROOT_KERNEL_DEB))')
ifneq ($(words $(LINUX_RESOLVED)),3)
$(error no kernel to be had, see above)
endif

LINUX_VERSION := $(word 1,$(LINUX_RESOLVED))
LINUX_SOURCE := $(word 2,$(LINUX_RESOLVED))
LINUX_PACKAGE := $(word 3,$(LINUX_RESOLVED))
LINUX_DEB = $(if $(filter /%,$(LINUX_PACKAGE)),$(LINUX_PACKAGE),$(LINUX_DL_DIR)/$(LINUX_SOURCE))
LINUX_LICENSE = GPL-2.0
LINUX_DEPENDENCIES = skeleton

define LINUX_DOWNLOAD_CMDS
	$(Q)test -f $(LINUX_DEB) || echo ">>> linux $(LINUX_VERSION) Downloading"
	$(Q)test -f $(LINUX_DEB) || package/linux/download.sh $(LINUX_PACKAGE) $(LINUX_VERSION) $(LINUX_DEB)
endef

define LINUX_EXTRACT_CMDS
	$(Q)package/linux/extract.sh $(LINUX_DEB) $(LINUX_DIR) $(call qstrip,$(BR2_MINIROOT_KERNEL_MODULES))
endef

define LINUX_BUILD_CMDS
	$(Q)package/linux/order.sh $(LINUX_DIR)
endef

define LINUX_INSTALL_IMAGES_CMDS
	$(Q)mkdir -p $(BINARIES_DIR)
	$(Q)install -m 0644 $(LINUX_DIR)/vmlinuz $(BINARIES_DIR)/bzImage
endef

define LINUX_INSTALL_TARGET_CMDS
	$(Q)rm -rf $(TARGET_DIR)/lib/modules
	$(Q)mkdir -p $(TARGET_DIR)/lib
	$(Q)cp -a $(LINUX_DIR)/modules $(TARGET_DIR)/lib/modules
endef

$(eval $(call miniroot-package,linux))

endif
