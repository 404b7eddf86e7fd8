/* SPDX-License-Identifier: MIT
 *
 * Python and NumPy, included in one way everywhere. Both are foreign headers: marking
 * this one as a system header keeps our strict warnings for our own code.
 */
#ifndef SST_NUMPY_API_H
#define SST_NUMPY_API_H

#if defined(__GNUC__)
#pragma GCC system_header
#endif

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>

#define PY_ARRAY_UNIQUE_SYMBOL sst_array_api
#define PY_UFUNC_UNIQUE_SYMBOL sst_ufunc_api
#ifndef SST_IMPORT_NUMPY
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#endif
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

/* CPython's slot table wants a function as an object pointer, which ISO C does not have. */
#define SST_SLOT(function) ((void *)(function))

/* A METH_FASTCALL function in CPython's method table, which knows one function type. */
#define SST_METHOD(function) ((PyCFunction)(void (*)(void))(function))

#endif
