namespace Microsoft.DurableTask;

/// <summary>The version of an orchestrator or an activity; compared without regard to case.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    public static readonly TaskVersion Unversioned;

    private readonly string? version;

    /// <summary>Creates a version; <see langword="null"/> or empty means unversioned.</summary>
    /// <exception cref="ArgumentException">The version is blank, but not empty.</exception>
    public TaskVersion(string? version)
    {
        if (!string.IsNullOrEmpty(version))
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(version);
        }

        this.version = version;
    }

    public string Version => version ?? string.Empty;

    public static implicit operator string(TaskVersion value) => value.Version;

    public static implicit operator TaskVersion(string? value) => new(value);

    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    public bool Equals(TaskVersion other) => StringComparer.OrdinalIgnoreCase.Equals(Version, other.Version);

    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
}
