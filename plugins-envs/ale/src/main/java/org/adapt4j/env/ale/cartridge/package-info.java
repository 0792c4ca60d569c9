/**
 * Small Atari 2600 games written for this project, and the 6502 assembler that makes cartridges of their sources.
 *
 * <p>The sources lie beside the classes as {@code .asm} resources; they are the form in which the games ship.
 */
@NullMarked
package org.adapt4j.env.ale.cartridge;

import org.jspecify.annotations.NullMarked;
