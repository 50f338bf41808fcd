################################################################################
#
# python-debtcollector
#
################################################################################

PYTHON_DEBTCOLLECTOR_VERSION = 3.0.0
PYTHON_DEBTCOLLECTOR_SOURCE = debtcollector-$(PYTHON_DEBTCOLLECTOR_VERSION).tar.gz
PYTHON_DEBTCOLLECTOR_SITE = https://files.pythonhosted.org/packages/31/e2/a45b5a620145937529c840df5e499c267997e85de40df27d54424a158d3c
PYTHON_DEBTCOLLECTOR_SETUP_TYPE = setuptools
PYTHON_DEBTCOLLECTOR_LICENSE = Apache-2.0
PYTHON_DEBTCOLLECTOR_LICENSE_FILES = LICENSE
PYTHON_DEBTCOLLECTOR_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
