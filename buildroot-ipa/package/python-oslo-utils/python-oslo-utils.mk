################################################################################
#
# python-oslo-utils
#
################################################################################

PYTHON_OSLO_UTILS_VERSION = 10.0.1
PYTHON_OSLO_UTILS_SOURCE = oslo_utils-$(PYTHON_OSLO_UTILS_VERSION).tar.gz
PYTHON_OSLO_UTILS_SITE = https://files.pythonhosted.org/packages/3b/c0/65cc8b02eec2fdfb1af8d195b9b528dda5f80fac48f5d997bc90ce689863
PYTHON_OSLO_UTILS_SETUP_TYPE = setuptools
PYTHON_OSLO_UTILS_LICENSE = Apache-2.0
PYTHON_OSLO_UTILS_LICENSE_FILES = LICENSE
PYTHON_OSLO_UTILS_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
