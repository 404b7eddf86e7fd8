"""The C extension. Private: its functions check only what could corrupt memory."""

from numpy import ufunc

progress: ufunc
