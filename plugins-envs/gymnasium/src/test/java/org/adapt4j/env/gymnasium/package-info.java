@NullMarked
package org.adapt4j.env.gymnasium;

import org.jspecify.annotations.NullMarked;
