################################################################################
#
# python-tenacity
#
################################################################################

PYTHON_TENACITY_VERSION = 9.1.4
PYTHON_TENACITY_SOURCE = tenacity-$(PYTHON_TENACITY_VERSION).tar.gz
PYTHON_TENACITY_SITE = https://files.pythonhosted.org/packages/47/c6/ee486fd809e357697ee8a44d3d69222b344920433d3b6666ccd9b374630c
PYTHON_TENACITY_SETUP_TYPE = setuptools
PYTHON_TENACITY_LICENSE = Apache-2.0
PYTHON_TENACITY_LICENSE_FILES = LICENSE
PYTHON_TENACITY_DEPENDENCIES = host-python-setuptools-scm

$(eval $(python-package))
