################################################################################
#
# python-futurist
#
################################################################################

PYTHON_FUTURIST_VERSION = 3.2.1
PYTHON_FUTURIST_SOURCE = futurist-$(PYTHON_FUTURIST_VERSION).tar.gz
PYTHON_FUTURIST_SITE = https://files.pythonhosted.org/packages/af/12/786f4aaf9d396d67b1b7b90f248ff994e916605d0751d08a0344a4a785a6
PYTHON_FUTURIST_SETUP_TYPE = setuptools
PYTHON_FUTURIST_LICENSE = Apache-2.0
PYTHON_FUTURIST_LICENSE_FILES = LICENSE
PYTHON_FUTURIST_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
