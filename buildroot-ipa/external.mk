# Packages of this external tree: package/<name>/<name>.mk each.
include $(sort $(wildcard $(BR2_EXTERNAL_IPA_BR_PATH)/package/*/*.mk))

# mypyc, which compiles charset-normalizer, writes sets in the order of their hashes: without a seed no two builds are alike.
PKG_PYTHON_ENV += PYTHONHASHSEED=0

# Buildroot's ISO has the times at which its files were copied; xorriso takes the other dates of a file from this one.
ifeq ($(BR2_REPRODUCIBLE),y)
define IPA_BR_ISO9660_TIMES
	find $(ROOTFS_ISO9660_TMP_TARGET_DIR) -print0 | xargs -0 touch -hd @$(SOURCE_DATE_EPOCH)
endef
ROOTFS_ISO9660_PRE_GEN_HOOKS += IPA_BR_ISO9660_TIMES
endif

# The scripts of board/ read it: here a variable in its value is one of make's.
export IPA_BR_USER_DIR = $(call qstrip,$(BR2_IPA_BR_USER_DIR))

# The Python packages are those of one release, the one that they were made for.
IPA_BR_PACKAGED_RELEASE = $(shell sed -n '/config BR2_IPA_BR_REQUIREMENTS_RELEASE/,/help/s/.*default "\(.*\)"/\1/p' $(BR2_EXTERNAL_IPA_BR_PATH)/package/Config.in)
ifeq ($(BR2_HAVE_DOT_CONFIG)$(BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT),yy)
ifneq ($(call qstrip,$(BR2_IPA_BR_REQUIREMENTS_RELEASE)),$(IPA_BR_PACKAGED_RELEASE))
$(error BR2_IPA_BR_REQUIREMENTS_RELEASE is $(BR2_IPA_BR_REQUIREMENTS_RELEASE), but the packages are those of $(IPA_BR_PACKAGED_RELEASE). Make them first: ipa-br python update --release $(call qstrip,$(BR2_IPA_BR_REQUIREMENTS_RELEASE)) --write)
endif
ifneq ($(call qstrip,$(BR2_IPA_BR_USER_DIR)),)
ifeq ($(wildcard $(call qstrip,$(BR2_IPA_BR_USER_DIR))/.),)
$(error BR2_IPA_BR_USER_DIR: there is no folder $(BR2_IPA_BR_USER_DIR))
endif
endif
endif
