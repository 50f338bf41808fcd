################################################################################
#
# python-oslo-concurrency
#
################################################################################

PYTHON_OSLO_CONCURRENCY_VERSION = 7.4.1
PYTHON_OSLO_CONCURRENCY_SOURCE = oslo_concurrency-$(PYTHON_OSLO_CONCURRENCY_VERSION).tar.gz
PYTHON_OSLO_CONCURRENCY_SITE = https://files.pythonhosted.org/packages/c0/06/c439a53f85fa49b19a0b7a8b8056cc1d6606ba743523e8304e94a28108fe
PYTHON_OSLO_CONCURRENCY_SETUP_TYPE = setuptools
PYTHON_OSLO_CONCURRENCY_LICENSE = Apache-2.0
PYTHON_OSLO_CONCURRENCY_LICENSE_FILES = LICENSE
PYTHON_OSLO_CONCURRENCY_DEPENDENCIES = host-python-pbr

$(eval $(python-package))
