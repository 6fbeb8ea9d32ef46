namespace Orleans;

/// <summary>The type is serialized by the generated serializer. Without effect in one process; tests hold messages to it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
