namespace Orleans.Runtime;

/// <summary>A grain, active or not. Remembers the activation it last met, to spare the look-up.</summary>
internal sealed class GrainTarget(Silo silo, GrainClass grainClass, string key) : CallTarget(silo)
{
    private Activation? _last;

    public GrainClass Class { get; } = grainClass;

    public override string Key { get; } = key;

    public override void Deliver(GrainCall call)
    {
        var last = _last;
        if (last is null || !last.TryReceive(call))
            _last = Silo.Catalog.Deliver(this, call);
    }

    public override bool Equals(object? obj) => obj is GrainTarget other && other.Class == Class && other.Key == Key && other.Silo == Silo;

    public override int GetHashCode() => HashCode.Combine(Class.Type, Key);

    public override string ToString() => $"{Class.Type.Name}/{Key}";
}
