################################################################################
#
# python-oslo-i18n
#
################################################################################

PYTHON_OSLO_I18N_VERSION = 6.7.2
PYTHON_OSLO_I18N_SOURCE = oslo_i18n-$(PYTHON_OSLO_I18N_VERSION).tar.gz
PYTHON_OSLO_I18N_SITE = https://files.pythonhosted.org/packages/4f/4e/0ed2248dfc4c8e993064b3b7419835fc1f1adbab6917f41a011157ed50d5
PYTHON_OSLO_I18N_SETUP_TYPE = setuptools
PYTHON_OSLO_I18N_LICENSE = Apache-2.0
PYTHON_OSLO_I18N_LICENSE_FILES = LICENSE
PYTHON_OSLO_I18N_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
