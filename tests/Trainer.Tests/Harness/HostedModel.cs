using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using SdCompiler.Runtime;
using SdCompiler.Trainer.Tests.Reference;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>An object of a compiled model class, reached as the emitted face is declared.</summary>
internal sealed class HostedModel(ModelSource source, object model)
{
    public ModelSource Source => source;

    /// <summary>The object itself.</summary>
    public object Object => model;

    /// <summary>The model's parameters.</summary>
    public ModelParameters Parameters => (ModelParameters)model.GetType().GetProperty("Parameters")!.GetValue(model)!;

    /// <summary>The model's plan.</summary>
    public ModelPlan Plan => (ModelPlan)model.GetType().GetProperty("Plan")!.GetValue(null)!;

    /// <summary>Parameters by name in PyTorch's layout, in double precision for the reference.</summary>
    public Dictionary<string, double[]> Values() => Parameters.All.ToDictionary(parameter => parameter.Name, parameter =>
    {
        float[] values = new float[parameter.Count];
        parameter.WriteTo(values);
        return Array.ConvertAll(values, value => (double)value);
    });

    /// <summary>The bits of all parameters, for comparisons that allow no difference.</summary>
    public int[] Bits() => Parameters.All.SelectMany(parameter =>
    {
        float[] values = new float[parameter.Count];
        parameter.WriteTo(values);
        return Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }).ToArray();

    /// <summary>Overwrites parameters.</summary>
    public void Set(IReadOnlyDictionary<string, double[]> values)
    {
        foreach (Parameter parameter in Parameters.All)
        {
            parameter.ReadFrom(Array.ConvertAll(values[parameter.Name], value => (float)value));
        }
    }

    /// <summary>Makes a trainer.</summary>
    public HostedTrainer CreateTrainer(Optimizer? optimizer = null, string? variant = null, TrainerOptions? options = null)
    {
        MethodInfo create = model.GetType().GetMethod("CreateTrainer")!;
        optimizer ??= new Sgd { LearningRate = 0 };
        object?[] arguments = source.Variants.Count > 0
            ? [optimizer, Enum.Parse(create.GetParameters()[1].ParameterType, variant ?? source.Variants[0].Name), options]
            : [optimizer, options];
        VariantSource? chosen = source.Variants.FirstOrDefault(item => variant is null || item.Name == variant);
        return new HostedTrainer(this, (LstmTrainer)create.InvokeUnwrapped(model, arguments)!, chosen is null || chosen.Sites.HasFlag(DropoutSites.Input));
    }

    /// <summary>Makes a predictor.</summary>
    public HostedPredictor CreatePredictor(int rows = 1) =>
        new(this, model.GetType().GetMethod("CreatePredictor")!.InvokeUnwrapped(model, rows)!);

    /// <summary>Writes the model's file.</summary>
    public void Save(string path) => model.GetType().GetMethod(source.SaveMethod, [typeof(string)])!.InvokeUnwrapped(model, path);

    /// <summary>A batch object with a window's data: the shared token batch, or the model's own.</summary>
    public LstmBatch Batch(ReferenceWindow window)
    {
        LstmBatch batch;
        if (model.GetType().GetNestedType("Batch") is Type type)
        {
            batch = (LstmBatch)Activator.CreateInstance(type)!;
            foreach ((string name, int[] tokens) in window.Tokens)
            {
                type.GetProperty(name)!.SetValue(batch, (ReadOnlyMemory<int>)tokens);
            }

            foreach ((string name, int[] characters) in window.Characters)
            {
                type.GetProperty(name)!.SetValue(batch, (ReadOnlyMemory<int>)characters);
            }

            foreach ((string name, float[] numbers) in window.Series)
            {
                type.GetProperty(name)!.SetValue(batch, (ReadOnlyMemory<float>)numbers);
            }

            PropertyInfo targets = type.GetProperty("Targets")!;
            targets.SetValue(batch, source.Spec.Loss is RegressionSpec ? (ReadOnlyMemory<float>)window.TargetSeries : (ReadOnlyMemory<int>)window.TargetTokens);
        }
        else
        {
            batch = new TokenBatch { Inputs = window.Tokens.Values.Single(), Targets = window.TargetTokens };
        }

        if (batch is TranslationBatch pairs)
        {
            pairs.SourceSteps = window.SourceSteps;
            pairs.SourceLengths = window.SourceLengths.ToArray();
        }

        batch.Rows = window.Rows;
        batch.Steps = window.Steps;
        if (window.Lengths.Any(length => length != window.Steps))
        {
            batch.Lengths = window.Lengths.ToArray();
        }

        return batch;
    }
}
