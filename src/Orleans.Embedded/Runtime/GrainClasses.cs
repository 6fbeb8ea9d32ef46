using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// The grain classes of the process: those in assemblies that reference this one, loaded already or referenced from the
/// entry assembly on.
/// </summary>
internal sealed class GrainClasses(GrainCollectionOptions collection)
{
    private readonly ConcurrentDictionary<Type, GrainClass> _byInterface = new();
    private readonly ConcurrentDictionary<Type, GrainClass> _byType = new();
    private readonly Lazy<Type[]> _all = new(Find);

    /// <summary>The one class that implements the interface.</summary>
    public GrainClass For(Type grainInterface) => _byInterface.TryGetValue(grainInterface, out var known) ? known : _byInterface.GetOrAdd(grainInterface, Resolve);

    private GrainClass Resolve(Type grainInterface)
    {
        Type[] found = [.. _all.Value.Where(grainInterface.IsAssignableFrom)];
        return found.Length switch
        {
            1 => _byType.GetOrAdd(found[0], type => new GrainClass(type, collection)),
            0 => throw new ArgumentException($"No grain class implements {grainInterface}."),
            _ => throw new ArgumentException($"More than one grain class implements {grainInterface}: {string.Join(", ", found.Select(type => type.FullName))}."),
        };
    }

    private static Type[] Find()
    {
        var self = typeof(GrainClasses).Assembly.GetName().Name;
        var seen = new HashSet<string>();
        var open = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        if (Assembly.GetEntryAssembly() is { } entry)
            open.Enqueue(entry);
        var grains = new List<Type>();
        while (open.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || assembly.FullName is not { } name || !seen.Add(name))
                continue;
            foreach (var reference in assembly.GetReferencedAssemblies())
            {
                if (reference.Name == self)
                    grains.AddRange(assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrain).IsAssignableFrom(type) && typeof(IGrainBase).IsAssignableFrom(type)));
                else if (!seen.Contains(reference.FullName) && !IsOfThePlatform(reference.Name))
                    TryLoad(reference, open);
            }
        }

        return [.. grains];
    }

    private static void TryLoad(AssemblyName name, Queue<Assembly> open)
    {
        try
        {
            open.Enqueue(Assembly.Load(name));
        }
        catch (Exception fault) when (fault is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference that is not deployed holds no grains that could run.
        }
    }

    private static bool IsOfThePlatform(string? name) =>
        name is null || name == "mscorlib" || name == "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
