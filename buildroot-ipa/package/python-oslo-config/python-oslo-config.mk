################################################################################
#
# python-oslo-config
#
################################################################################

PYTHON_OSLO_CONFIG_VERSION = 10.3.0
PYTHON_OSLO_CONFIG_SOURCE = oslo_config-$(PYTHON_OSLO_CONFIG_VERSION).tar.gz
PYTHON_OSLO_CONFIG_SITE = https://files.pythonhosted.org/packages/cc/a6/aaf41cba43f8934d9c5db35f49fd8aa083279831f11974bea0816c593891
PYTHON_OSLO_CONFIG_SETUP_TYPE = setuptools
PYTHON_OSLO_CONFIG_LICENSE = Apache-2.0
PYTHON_OSLO_CONFIG_LICENSE_FILES = LICENSE
PYTHON_OSLO_CONFIG_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
