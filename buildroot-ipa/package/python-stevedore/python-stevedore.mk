################################################################################
#
# python-stevedore
#
################################################################################

PYTHON_STEVEDORE_VERSION = 5.7.0
PYTHON_STEVEDORE_SOURCE = stevedore-$(PYTHON_STEVEDORE_VERSION).tar.gz
PYTHON_STEVEDORE_SITE = https://files.pythonhosted.org/packages/a2/6d/90764092216fa560f6587f83bb70113a8ba510ba436c6476a2b47359057c
PYTHON_STEVEDORE_SETUP_TYPE = setuptools
PYTHON_STEVEDORE_LICENSE = Apache-2.0
PYTHON_STEVEDORE_LICENSE_FILES = LICENSE
PYTHON_STEVEDORE_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
