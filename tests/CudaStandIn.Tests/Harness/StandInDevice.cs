using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;
using Api = SdCompiler.Cuda.Tests.Harness.StandInApi;

namespace SdCompiler.Cuda.Tests.Harness;

/// <summary>A context and a stream on the stand-in, with short ways to do what its own tests do all the time.</summary>
internal sealed unsafe class StandInDevice : IDisposable
{
    public StandInDevice()
    {
        Ok(Api.Init(0));
        nint context;
        Ok(Api.ContextRetain(&context, 0));
        Ok(Api.SetCurrent(context));
        Context = context;
        nint stream;
        Ok(Api.StreamCreate(&stream, 1));
        Stream = stream;
        Api.ResetCounters();
    }

    public nint Context { get; }

    public nint Stream { get; }

    /// <summary>Whatever the test did to it, the next one finds a device without faults and in the usual order.</summary>
    public void Dispose()
    {
        Api.SetDeferred(0);
        Api.SetReverse(0);
        Ok(Api.ContextReset(0));
        Ok(Api.ContextRelease(0));
    }

    public static void Ok(int code)
    {
        Assert.True(code == 0, $"error {code}: {(code == 0 ? "" : Api.Message())}");
    }

    /// <summary>Compiles one source; the image, or null with the log.</summary>
    public static (byte[]? Image, string Log, int Code) Compile(string source, params string[] options)
    {
        nint program;
        fixed (byte* text = Encoding.UTF8.GetBytes(source + "\0"), name = "test.cu\0"u8)
        {
            Ok(Api.CreateProgram(&program, text, name, 0, null, null));
        }

        List<nint> texts = [];
        foreach (string option in options)
        {
            texts.Add(Marshal.StringToCoTaskMemUTF8(option));
        }

        int code;
        fixed (nint* pointers = texts.ToArray())
        {
            code = Api.CompileProgram(program, texts.Count, (byte**)pointers);
        }

        texts.ForEach(Marshal.FreeCoTaskMem);
        nuint size;
        Ok(Api.LogSize(program, &size));
        byte[] log = new byte[size];
        fixed (byte* p = log)
        {
            Ok(Api.Log(program, p));
        }

        byte[]? image = null;
        if (code == 0)
        {
            Ok(Api.ImageSize(program, &size));
            image = new byte[size];
            fixed (byte* p = image)
            {
                Ok(Api.Image(program, p));
            }
        }

        Ok(Api.DestroyProgram(&program));
        return (image, Encoding.UTF8.GetString(log).TrimEnd('\0'), code);
    }

    public static nint Load(byte[] image)
    {
        nint module;
        fixed (byte* p = image)
        {
            Ok(Api.ModuleLoad(&module, p));
        }

        return module;
    }

    public static nint Function(nint module, string name)
    {
        nint function;
        fixed (byte* p = Encoding.UTF8.GetBytes(name + "\0"))
        {
            Ok(Api.ModuleFunction(&function, module, p));
        }

        return function;
    }

    /// <summary>Compiles a source and takes one kernel out of it.</summary>
    public static nint Kernel(string source, string name)
    {
        (byte[]? image, string log, _) = Compile(source);
        Assert.True(image is not null, log);
        return Function(Load(image), name);
    }

    public static nint Allocate<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        nint p = Allocate(values.Length * sizeof(T));
        Write(p, values);
        return p;
    }

    public static nint Allocate(int bytes)
    {
        nint p;
        Ok(Api.Allocate(&p, (nuint)bytes));
        return p;
    }

    public static void Write<T>(nint to, ReadOnlySpan<T> values) where T : unmanaged
    {
        fixed (T* from = values)
        {
            Ok(Api.ToDevice(to, from, (nuint)(values.Length * sizeof(T))));
        }
    }

    public static T[] Read<T>(nint from, int count) where T : unmanaged
    {
        T[] values = new T[count];
        fixed (T* to = values)
        {
            Ok(Api.ToHost(to, from, (nuint)(count * sizeof(T))));
        }

        return values;
    }

    /// <summary>Launches a kernel whose arguments are all pointers and returns the code.</summary>
    public int TryLaunch(nint function, uint grid, uint block, params nint[] pointers)
    {
        return TryLaunch(function, (grid, 1, 1), (block, 1, 1), pointers);
    }

    public int TryLaunch(nint function, (uint X, uint Y, uint Z) grid, (uint X, uint Y, uint Z) block, params nint[] pointers)
    {
        fixed (nint* values = pointers)
        {
            void** arguments = stackalloc void*[pointers.Length + 1];
            for (int i = 0; i < pointers.Length; i++)
            {
                arguments[i] = values + i;
            }

            return Api.Launch(function, grid.X, grid.Y, grid.Z, block.X, block.Y, block.Z, 0, Stream, arguments, null);
        }
    }

    public void Launch(nint function, uint grid, uint block, params nint[] pointers)
    {
        Ok(TryLaunch(function, grid, block, pointers));
        Ok(Api.Synchronize(Stream));
    }

    public static long[] Counters()
    {
        long[] six = new long[6];
        fixed (long* p = six)
        {
            Api.Counters(p);
        }

        return six;
    }
}
