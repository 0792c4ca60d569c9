@NullMarked
package org.adapt4j.data.imujoco;

import org.jspecify.annotations.NullMarked;
