@NullMarked
package org.adapt4j.toolkit.run;

import org.jspecify.annotations.NullMarked;
