# Packages of this external tree: package/<name>/<name>.mk each.
include $(sort $(wildcard $(BR2_EXTERNAL_IPA_BR_PATH)/package/*/*.mk))
