"""Folders in whatever file system Spark writes to, by Hadoop's own interface: listed, renamed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.spark.sources import uri

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Place:
    """A folder on a disk, HDFS, S3 …; names are relative to it."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.uri = uri(folder).rstrip("/")
        self._jvm: Any = spark._jvm
        self._files: Any = self._path("").getFileSystem(spark._jsc.hadoopConfiguration())

    def _path(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self.at(name))

    def at(self, name: str) -> str:
        """Return the address of a file or folder in it."""
        return f"{self.uri}/{name}" if name else self.uri

    def exists(self, name: str) -> bool:
        """Say whether a file or folder is there."""
        return bool(self._files.exists(self._path(name)))

    def names(self, name: str = "") -> list[str]:
        """Return the names in a folder, sorted, without those that Spark hides; none where it is not there."""
        if not self.exists(name):
            return []
        found = [status.getPath().getName() for status in self._files.listStatus(self._path(name))]
        return sorted(one for one in found if one[0] not in "._")

    def delete(self, name: str) -> None:
        """Delete a file or folder with all that is in it."""
        self._files.delete(self._path(name), True)

    def make(self, name: str) -> bool:
        """Make a folder with its parents; say whether it is there."""
        try:
            return bool(self._files.mkdirs(self._path(name)))
        except Exception:  # py4j's, of whatever the file system says
            return False

    def move(self, name: str, to: str) -> None:
        """Put a file or folder where nothing is; its parents are made."""
        target = self._path(to)
        self._files.mkdirs(target.getParent())
        if not self._files.rename(self._path(name), target):
            raise OSError(f"{self.at(name)} cannot be moved to {self.at(to)}")

    def write(self, name: str, text: str) -> None:
        """Write a small file, which appears whole."""
        stream = self._files.create(self._path(f"{name}.new"), True)
        stream.write(bytearray(text.encode()))
        stream.close()
        self.delete(name)
        self.move(f"{name}.new", name)

    def read(self, name: str) -> str | None:
        """Return a small file's text, or None where it is not there."""
        if not self.exists(name):
            return None
        stream = self._files.open(self._path(name))
        try:
            return str(self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()
