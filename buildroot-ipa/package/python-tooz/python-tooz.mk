################################################################################
#
# python-tooz
#
################################################################################

PYTHON_TOOZ_VERSION = 8.1.0
PYTHON_TOOZ_SOURCE = tooz-$(PYTHON_TOOZ_VERSION).tar.gz
PYTHON_TOOZ_SITE = https://files.pythonhosted.org/packages/95/f1/1fd559ba0dcf009d320ad7a011225d36c8cfd1093915ab61e0c20e5a190e
PYTHON_TOOZ_SETUP_TYPE = setuptools
PYTHON_TOOZ_LICENSE = Apache-2.0
PYTHON_TOOZ_LICENSE_FILES = LICENSE
PYTHON_TOOZ_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
