################################################################################
#
# python-fasteners
#
################################################################################

PYTHON_FASTENERS_VERSION = 0.20
PYTHON_FASTENERS_SOURCE = fasteners-$(PYTHON_FASTENERS_VERSION).tar.gz
PYTHON_FASTENERS_SITE = https://files.pythonhosted.org/packages/2d/18/7881a99ba5244bfc82f06017316ffe93217dbbbcfa52b887caa1d4f2a6d3
PYTHON_FASTENERS_SETUP_TYPE = setuptools
PYTHON_FASTENERS_LICENSE = Apache-2.0
PYTHON_FASTENERS_LICENSE_FILES = LICENSE
PYTHON_FASTENERS_DEPENDENCIES = host-python-wheel

$(eval $(python-package))
