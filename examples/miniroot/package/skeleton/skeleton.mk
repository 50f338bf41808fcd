SKELETON_LICENSE = Apache-2.0

define SKELETON_INSTALL_TARGET_CMDS
	$(Q)TARGET_HOSTNAME='$(call qstrip,$(BR2_TARGET_GENERIC_HOSTNAME))' \
		ISSUE='$(call qstrip,$(BR2_TARGET_GENERIC_ISSUE))' \
		ROOT_LOGIN='$(BR2_TARGET_ENABLE_ROOT_LOGIN)' \
		ROOT_PASSWD='$(subst $$,$$$$,$(call qstrip,$(BR2_TARGET_GENERIC_ROOT_PASSWD)))' \
		GETTY_PORT='$(if $(BR2_TARGET_GENERIC_GETTY),$(call qstrip,$(BR2_TARGET_GENERIC_GETTY_PORT)))' \
		GETTY_BAUDRATE='$(call qstrip,$(BR2_TARGET_GENERIC_GETTY_BAUDRATE))' \
		GETTY_TERM='$(call qstrip,$(BR2_TARGET_GENERIC_GETTY_TERM))' \
		DHCP='$(BR2_MINIROOT_DHCP)' \
		BUSYBOX='$(call qstrip,$(BR2_MINIROOT_BUSYBOX))' \
		package/skeleton/install.sh package/skeleton/root $(TARGET_DIR)
endef

$(eval $(call miniroot-package,skeleton))
