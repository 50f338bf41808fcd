BUSYBOX_PROGRAM = $(call qstrip,$(BR2_MINIROOT_BUSYBOX))
BUSYBOX_VERSION := $(shell $(BUSYBOX_PROGRAM) 2>/dev/null | sed -n '1s/^BusyBox v\([^ ]*\).*/\1/p')
BUSYBOX_LICENSE = GPL-2.0
BUSYBOX_DEPENDENCIES = skeleton

define BUSYBOX_EXTRACT_CMDS
	$(Q)package/busybox/copy.sh $(BUSYBOX_PROGRAM) $(BUSYBOX_DIR)
endef

# The applets it has, each with its folder.
define BUSYBOX_BUILD_CMDS
	$(Q)$(BUSYBOX_DIR)/busybox --list-full | LC_ALL=C sort >$(BUSYBOX_DIR)/applets
endef

define BUSYBOX_INSTALL_TARGET_CMDS
	$(Q)package/busybox/install.sh $(BUSYBOX_DIR) $(TARGET_DIR)
endef

ifeq ($(BR2_PACKAGE_BUSYBOX),y)
$(eval $(call miniroot-package,busybox))
endif
