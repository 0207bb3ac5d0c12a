//! Solvers: the embedded one, and drivers for those installed on the machine.
