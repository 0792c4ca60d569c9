/** Values of actions, and what is predicted of them. */
@NullMarked
package org.adapt4j.toolkit.value;

import org.jspecify.annotations.NullMarked;
