using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>
/// Emits, for each grain interface, a reference class whose methods pack their arguments into a call, and for each method
/// the class of that call, which unpacks them. So a call costs neither reflection nor boxing.
/// </summary>
internal static class ProxyEmitter
{
    /// <summary>Named in InternalsVisibleTo of this assembly.</summary>
    private const string AssemblyName = "Orleans.Embedded.Proxies";

    private const MethodAttributes Overriding = MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly ConcurrentDictionary<Assembly, ModuleBuilder> Modules = new();
    private static readonly Lock Gate = new();
    private static readonly ConstructorInfo ReferenceConstructor = typeof(GrainReference).GetConstructor(Any, [typeof(CallTarget)])!;
    private static readonly MethodInfo SendMethod = typeof(GrainReference).GetMethod(nameof(GrainReference.Send), Any)!;
    private static readonly MethodInfo SendForMethod = typeof(GrainReference).GetMethod(nameof(GrainReference.SendFor), Any)!;
    private static readonly MethodInfo TokenGetter = typeof(GrainCall).GetProperty(nameof(GrainCall.Token), Any)!.GetMethod!;
    private static int _serial;

    public static Func<CallTarget, GrainReference> Emit(Type grainInterface)
    {
        if (!grainInterface.IsInterface || grainInterface.ContainsGenericParameters)
            throw new ArgumentException($"{grainInterface} is no interface that a reference can have.");
        lock (Gate)
        {
            var module = Modules.GetOrAdd(grainInterface.Assembly, CreateModule);
            var type = module.DefineType($"{grainInterface.FullName}.Reference{++_serial}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
            var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(CallTarget)]);
            var il = constructor.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, ReferenceConstructor);
            il.Emit(OpCodes.Ret);

            foreach (var method in grainInterface.GetInterfaces().Prepend(grainInterface).SelectMany(part => part.GetMethods()))
            {
                if (method.IsStatic)
                    continue;
                EmitMethod(type, method, EmitCall(module, method));
            }

            var made = type.CreateType().GetConstructor([typeof(CallTarget)])!;
            var maker = new DynamicMethod("Create", typeof(GrainReference), [typeof(CallTarget)], typeof(ProxyEmitter).Module, skipVisibility: true);
            il = maker.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Newobj, made);
            il.Emit(OpCodes.Ret);
            return maker.CreateDelegate<Func<CallTarget, GrainReference>>();
        }
    }

    private static ModuleBuilder CreateModule(Assembly assembly)
    {
        var built = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run);
        var ignore = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        built.SetCustomAttribute(new CustomAttributeBuilder(ignore, [assembly.GetName().Name!]));
        return built.DefineDynamicModule(AssemblyName);
    }

    /// <summary>The class of a method's calls: a field an argument, and <c>Invoke</c>.</summary>
    private static (ConstructorInfo Constructor, FieldInfo?[] Fields, Type Base) EmitCall(ModuleBuilder module, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
            throw new NotSupportedException($"{Name(method)}: generic grain methods do not exist here.");
        var answer = Answer(method);
        var baseType = typeof(GrainCall<>).MakeGenericType(answer);
        var type = module.DefineType($"{Name(method)}.Call{++_serial}", TypeAttributes.Public | TypeAttributes.Sealed, baseType);
        var constructor = type.DefineDefaultConstructor(MethodAttributes.Public);

        var parameters = method.GetParameters();
        var fields = new FieldInfo?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].ParameterType.IsByRef)
                throw new NotSupportedException($"{Name(method)}: arguments by reference do not exist for grains.");
            if (parameters[i].ParameterType != typeof(CancellationToken))
                fields[i] = type.DefineField($"_{i}", parameters[i].ParameterType, FieldAttributes.Public);
        }

        var invoke = type.DefineMethod("Invoke", MethodAttributes.Family | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(Task), [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            if (field is null)
                il.Emit(OpCodes.Call, TokenGetter);
            else
                il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void))
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (method.ReturnType.IsValueType)
        {
            var local = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod("AsTask")!);
        }

        il.Emit(OpCodes.Ret);

        var name = type.DefineMethod("get_Name", Overriding, typeof(string), Type.EmptyTypes);
        il = name.GetILGenerator();
        il.Emit(OpCodes.Ldstr, Name(method));
        il.Emit(OpCodes.Ret);
        type.CreateType();
        return (constructor, fields, baseType);
    }

    /// <summary>The reference's method: pack, send.</summary>
    private static void EmitMethod(TypeBuilder type, MethodInfo method, (ConstructorInfo Constructor, FieldInfo?[] Fields, Type Base) call)
    {
        Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        var defined = type.DefineMethod(Name(method), MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig, method.ReturnType, parameters);
        type.DefineMethodOverride(defined, method);
        var il = defined.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.Constructor);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (call.Fields[i] is not { } field)
                continue;
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ldc_I4, (int)Options(method));
        var token = Array.LastIndexOf(parameters, typeof(CancellationToken));
        if (token >= 0)
        {
            il.Emit(OpCodes.Ldarg, (short)(token + 1));
        }
        else
        {
            var none = il.DeclareLocal(typeof(CancellationToken));
            il.Emit(OpCodes.Ldloca, none);
            il.Emit(OpCodes.Initobj, typeof(CancellationToken));
            il.Emit(OpCodes.Ldloc, none);
        }

        var answer = Answer(method);
        il.Emit(OpCodes.Call, answer == typeof(Nothing) ? SendMethod : SendForMethod.MakeGenericMethod(answer));
        if (method.ReturnType == typeof(void))
            il.Emit(OpCodes.Pop);
        else if (method.ReturnType.IsValueType)
            il.Emit(OpCodes.Newobj, method.ReturnType.GetConstructor([answer == typeof(Nothing) ? typeof(Task) : typeof(Task<>).MakeGenericType(answer)])!);
        il.Emit(OpCodes.Ret);
    }

    private static Type Answer(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
            return typeof(Nothing);
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return type.GenericTypeArguments[0];
        throw new NotSupportedException($"{Name(method)}: a grain method returns a Task or a ValueTask.");
    }

    private static CallOptions Options(MethodInfo method) =>
        (method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void) ? CallOptions.OneWay : CallOptions.None)
        | (method.IsDefined(typeof(ReadOnlyAttribute)) ? CallOptions.ReadOnly : CallOptions.None)
        | (method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? CallOptions.AlwaysInterleave : CallOptions.None);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
