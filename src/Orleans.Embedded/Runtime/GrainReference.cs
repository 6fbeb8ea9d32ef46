namespace Orleans.Runtime;

/// <summary>Base of the emitted references. Immutable, comparable, may be a member of messages.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(CallTarget target) => Target = target;

    internal CallTarget Target { get; }

    /// <inheritdoc />
    public bool Equals(GrainReference? other) => other is not null && other.Target.Equals(Target);

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => obj is GrainReference other && Equals(other);

    /// <inheritdoc />
    public sealed override int GetHashCode() => Target.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => $"Reference to {Target}";

    /// <summary>The same grain or the same observer.</summary>
    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Different ones.</summary>
    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal Task Send(GrainCall<Nothing> call, CallOptions options, CancellationToken cancellationToken)
    {
        call.Dispatch(Target, options, cancellationToken);
        return (options & CallOptions.OneWay) != 0 ? Task.CompletedTask : call.Answer;
    }

    internal Task<T> SendFor<T>(GrainCall<T> call, CallOptions options, CancellationToken cancellationToken)
    {
        call.Dispatch(Target, options, cancellationToken);
        return call.Answer;
    }
}
