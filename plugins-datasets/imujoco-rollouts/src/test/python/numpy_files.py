"""Makes the files in src/test/resources/numpy with NumPy itself (1.24), as the authors' files were made: run it in that folder.

Row i of the body "stick" (2 observations, 1 action): observations i and i + 0.5, action i / 10 - 0.5, reward 10 i, end at rows 2 and 5.
"""
import numpy as np

rows = np.array([[i, i + 0.5, i / 10 - 0.5, 10 * i, i % 3 == 2] for i in range(8)])
np.savez("stored-f8.npz", data=rows)
np.savez_compressed("deflated-f4.npz", data=rows.astype("<f4"))
np.savez("fortran-f4.npz", data=np.asfortranarray(rows.astype("<f4")))
np.savez("big-endian-f8.npz", data=rows.astype(">f8"))
np.savez("more-columns.npz", data=np.hstack([rows[:, :4], np.full((8, 3), np.nan), rows[:, 4:]]))
np.savez("no-reward.npz", data=np.delete(rows, 3, axis=1))
np.savez("whole-numbers.npz", data=rows.astype("int64"))
with open("version-3.npy", "wb") as f:
    np.lib.format.write_array(f, rows, version=(3, 0))
import zipfile
with zipfile.ZipFile("version-3.npz", "w") as z:
    z.write("version-3.npy", "data.npy")
with open("version-2.npy", "wb") as f:
    np.lib.format.write_array(f, rows, version=(2, 0))
with zipfile.ZipFile("version-2.npz", "w") as z:
    z.write("version-2.npy", "data.npy")
import os
os.remove("version-2.npy")
os.remove("version-3.npy")
