################################################################################
#
# python-oslo-log
#
################################################################################

PYTHON_OSLO_LOG_VERSION = 8.1.0
PYTHON_OSLO_LOG_SOURCE = oslo_log-$(PYTHON_OSLO_LOG_VERSION).tar.gz
PYTHON_OSLO_LOG_SITE = https://files.pythonhosted.org/packages/12/2e/d4f083ddf4fda98c2c5bd3fa2814f22fed59039bfdba73b7240fd332a798
PYTHON_OSLO_LOG_SETUP_TYPE = setuptools
PYTHON_OSLO_LOG_LICENSE = Apache-2.0
PYTHON_OSLO_LOG_LICENSE_FILES = LICENSE
PYTHON_OSLO_LOG_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
