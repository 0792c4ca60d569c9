/**
 * MuJoCo's C API, made by JavaCPP from the headers at build time: {@link org.adapt4j.env.mujoco.binding.MuJoCo} has the
 * functions, the other classes are the structs. Nothing is checked here; not {@code @NullMarked}, as any pointer may be null.
 */
package org.adapt4j.env.mujoco.binding;
