################################################################################
#
# python-rfc3986
#
################################################################################

PYTHON_RFC3986_VERSION = 2.0.0
PYTHON_RFC3986_SOURCE = rfc3986-$(PYTHON_RFC3986_VERSION).tar.gz
PYTHON_RFC3986_SITE = https://files.pythonhosted.org/packages/85/40/1520d68bfa07ab5a6f065a186815fb6610c86fe957bc065754e47f7b0840
PYTHON_RFC3986_SETUP_TYPE = setuptools
PYTHON_RFC3986_LICENSE = Apache-2.0
PYTHON_RFC3986_LICENSE_FILES = LICENSE

$(eval $(python-package))
