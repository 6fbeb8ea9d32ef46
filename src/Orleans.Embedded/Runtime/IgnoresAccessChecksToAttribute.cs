namespace System.Runtime.CompilerServices;

/// <summary>Known to the runtime by name: lets emitted code implement interfaces that are internal to their assembly.</summary>
/// <param name="assemblyName">The assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The assembly.</summary>
    public string AssemblyName { get; } = assemblyName;
}
