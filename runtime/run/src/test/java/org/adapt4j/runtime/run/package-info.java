@NullMarked
package org.adapt4j.runtime.run;

import org.jspecify.annotations.NullMarked;
