################################################################################
#
# python-oslo-context
#
################################################################################

PYTHON_OSLO_CONTEXT_VERSION = 6.3.0
PYTHON_OSLO_CONTEXT_SOURCE = oslo_context-$(PYTHON_OSLO_CONTEXT_VERSION).tar.gz
PYTHON_OSLO_CONTEXT_SITE = https://files.pythonhosted.org/packages/f7/a6/6b895cd19414f3e0db4029225bf95cde8d6ad36eb75be2d69fdcf6fe427d
PYTHON_OSLO_CONTEXT_SETUP_TYPE = setuptools
PYTHON_OSLO_CONTEXT_LICENSE = Apache-2.0
PYTHON_OSLO_CONTEXT_LICENSE_FILES = LICENSE
PYTHON_OSLO_CONTEXT_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
