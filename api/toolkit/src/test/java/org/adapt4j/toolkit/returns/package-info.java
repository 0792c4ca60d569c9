@NullMarked
package org.adapt4j.toolkit.returns;

import org.jspecify.annotations.NullMarked;
