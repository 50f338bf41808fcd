################################################################################
#
# python-pint
#
################################################################################

PYTHON_PINT_VERSION = 0.24.4
PYTHON_PINT_SOURCE = pint-$(PYTHON_PINT_VERSION).tar.gz
PYTHON_PINT_SITE = https://files.pythonhosted.org/packages/20/bb/52b15ddf7b7706ed591134a895dbf6e41c8348171fb635e655e0a4bbb0ea
PYTHON_PINT_SETUP_TYPE = setuptools
PYTHON_PINT_LICENSE = BSD-3-Clause
PYTHON_PINT_LICENSE_FILES = LICENSE
PYTHON_PINT_DEPENDENCIES = \
	host-python-setuptools-scm \
	host-python-wheel

$(eval $(python-package))
