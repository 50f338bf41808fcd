################################################################################
#
# python-oslo-serialization
#
################################################################################

PYTHON_OSLO_SERIALIZATION_VERSION = 5.9.1
PYTHON_OSLO_SERIALIZATION_SOURCE = oslo_serialization-$(PYTHON_OSLO_SERIALIZATION_VERSION).tar.gz
PYTHON_OSLO_SERIALIZATION_SITE = https://files.pythonhosted.org/packages/2d/66/ec1b215f2a5005e43803d904ad537734cfabf499dd89f95988e2173e5867
PYTHON_OSLO_SERIALIZATION_SETUP_TYPE = setuptools
PYTHON_OSLO_SERIALIZATION_LICENSE = Apache-2.0
PYTHON_OSLO_SERIALIZATION_LICENSE_FILES = LICENSE
PYTHON_OSLO_SERIALIZATION_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
