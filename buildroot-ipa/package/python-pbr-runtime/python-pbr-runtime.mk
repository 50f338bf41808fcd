################################################################################
#
# python-pbr-runtime
#
################################################################################

PYTHON_PBR_RUNTIME_VERSION = 7.0.3
PYTHON_PBR_RUNTIME_SOURCE = pbr-$(PYTHON_PBR_RUNTIME_VERSION).tar.gz
PYTHON_PBR_RUNTIME_SITE = https://files.pythonhosted.org/packages/5e/ab/1de9a4f730edde1bdbbc2b8d19f8fa326f036b4f18b2f72cfbea7dc53c26
PYTHON_PBR_RUNTIME_SETUP_TYPE = setuptools
PYTHON_PBR_RUNTIME_LICENSE = Apache-2.0
PYTHON_PBR_RUNTIME_LICENSE_FILES = LICENSE

$(eval $(python-package))
