# From the installed packages to the images.

OVERLAYS = $(call qstrip,$(BR2_ROOTFS_OVERLAY))
POST_BUILD = $(call qstrip,$(BR2_ROOTFS_POST_BUILD_SCRIPT))
POST_IMAGE = $(call qstrip,$(BR2_ROOTFS_POST_IMAGE_SCRIPT))
POST_ARGS = $(call qstrip,$(BR2_ROOTFS_POST_SCRIPT_ARGS))

# 0 means 1970: a fixed time, so that two builds have the same bytes.
export SOURCE_DATE_EPOCH ?= 0

ROOTFS_COMPRESSION := $(if $(BR2_TARGET_ROOTFS_CPIO_XZ),xz,$(if $(BR2_TARGET_ROOTFS_CPIO_GZIP),gz))
ROOTFS_IMAGE := rootfs.cpio$(addprefix .,$(ROOTFS_COMPRESSION))

.PHONY: source target-finalize rootfs-cpio target-post-image

world: target-post-image

source: $(addsuffix -source,$(PACKAGES))

define say
@echo ">>>   $(1)"

endef

define call-script
@echo ">>>   Executing $(1) script $(2)"
$(Q)$(2) $(3) $(POST_ARGS)

endef

define copy-overlay
@echo ">>>   Copying overlay $(1)"
$(Q)test -d $(1) || { echo "the overlay $(1) is not there" >&2; exit 1; }
$(Q)cp -a $(1)/. $(TARGET_DIR)/

endef

target-finalize: $(PACKAGES)
	$(call warn-foreign)
	$(call say,Finalizing target directory)
	$(Q)mkdir -p $(TARGET_DIR) $(BINARIES_DIR)
	$(foreach overlay,$(OVERLAYS),$(call copy-overlay,$(overlay)))
	$(foreach script,$(POST_BUILD),$(call call-script,post-build,$(script),$(TARGET_DIR)))

rootfs-cpio: target-finalize
ifeq ($(BR2_TARGET_ROOTFS_CPIO),y)
	$(call say,Generating filesystem image $(ROOTFS_IMAGE))
	$(Q)support/rootfs-cpio.sh $(TARGET_DIR) $(BUILD_DIR)/rootfs-cpio $(BINARIES_DIR)/rootfs.cpio $(ROOTFS_COMPRESSION)
endif

target-post-image: rootfs-cpio
	$(foreach script,$(POST_IMAGE),$(call call-script,post-image,$(script),$(BINARIES_DIR)))
