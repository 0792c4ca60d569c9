@NullMarked
package org.adapt4j.toolkit.file;

import org.jspecify.annotations.NullMarked;
