################################################################################
#
# python-voluptuous
#
################################################################################

PYTHON_VOLUPTUOUS_VERSION = 0.16.0
PYTHON_VOLUPTUOUS_SOURCE = voluptuous-$(PYTHON_VOLUPTUOUS_VERSION).tar.gz
PYTHON_VOLUPTUOUS_SITE = https://files.pythonhosted.org/packages/92/f4/0738e6849858deae22218be3bbb8207ba83a96e9d0ec7e8e8cd67b30e5ca
PYTHON_VOLUPTUOUS_SETUP_TYPE = setuptools
PYTHON_VOLUPTUOUS_LICENSE = BSD-3-Clause
PYTHON_VOLUPTUOUS_LICENSE_FILES = COPYING
PYTHON_VOLUPTUOUS_DEPENDENCIES = host-python-wheel

$(eval $(python-package))
