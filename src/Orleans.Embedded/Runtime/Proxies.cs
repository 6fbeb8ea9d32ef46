using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Makes references of the classes that are emitted once an interface.</summary>
internal static class Proxies
{
    private static readonly ConcurrentDictionary<Type, Lazy<Func<CallTarget, GrainReference>>> Makers = new();

    public static GrainReference Create(Type grainInterface, CallTarget target) =>
        (Makers.TryGetValue(grainInterface, out var maker)
            ? maker
            : Makers.GetOrAdd(grainInterface, static type => new(() => ProxyEmitter.Emit(type)))).Value(target);
}
