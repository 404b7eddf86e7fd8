/* SPDX-License-Identifier: MIT
 *
 * The module sndstats._core: its slots, and the order in which its parts are added.
 */
#define SST_IMPORT_NUMPY
#include "bind.h"

static int (*const parts[])(PyObject *) = {
    sst_add_audits,   sst_add_axis,    sst_add_changes, sst_add_comoments, sst_add_disclosure,
    sst_add_exact,    sst_add_group,   sst_add_label,   sst_add_lanes,     sst_add_measures,
    sst_add_methods,  sst_add_onrows,  sst_add_order,   sst_add_panel,     sst_add_places,
    sst_add_regions,  sst_add_rollups, sst_add_several, sst_add_tops,      sst_add_ufuncs,
    sst_add_variance, sst_add_ytd,
};

static int
module_exec(PyObject *module)
{
    if (PyArray_ImportNumPyAPI() < 0 || PyUFunc_ImportUFuncAPI() < 0)
        return -1;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (parts[k](module) < 0)
            return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, SST_SLOT(module_exec)},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED},
#endif
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sndstats._core",
    .m_doc = "C core of sndstats; use the functions of the package.",
    .m_size = 0,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__core(void);

PyMODINIT_FUNC
PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
