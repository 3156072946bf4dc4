"""Pure libraries between the kernel and the apps."""
