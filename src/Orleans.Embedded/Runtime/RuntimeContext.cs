namespace Orleans.Runtime;

/// <summary>Which activation the present thread is in.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? _current;

    /// <summary>The activation whose work this thread runs, or null outside of grains.</summary>
    public static Activation? Current
    {
        get => _current;
        set => _current = value;
    }
}
