import type { Application, ArgoCd } from '../../argocd';
import {
  applicationName,
  applicationPath,
  argoCdApplication,
  isSyncedTo,
} from './argoCdApplication';
import { RealSubject } from './RealSubject';
import type { Subject } from './Subject';

/** The real Argo CD. */
export class ArgoCdSubject extends RealSubject implements Subject {
  readonly name = 'argocd';
  readonly namespace = 'conformance-argocd';
  readonly tellsDrift = true;
  readonly #argoCd: ArgoCd;
  readonly #git: string;

  static create(argoCd: ArgoCd, git: string): ArgoCdSubject {
    return new ArgoCdSubject(argoCd, git);
  }

  private constructor(argoCd: ArgoCd, git: string) {
    super(argoCd.cluster);
    this.#argoCd = argoCd;
    this.#git = git;
  }

  get cluster() {
    return this.clusterConfig('argocd');
  }

  async deliver(module: string): Promise<void> {
    const { name: subject, namespace } = this;
    await this.on.admin.apply(
      argoCdApplication({ subject, module, namespace, git: this.#git }),
    );
  }

  async forget(module: string): Promise<void> {
    await this.on.admin.delete(applicationPath(this.name, module));
  }

  async hasDelivered(module: string, revision: string): Promise<boolean> {
    const path = applicationPath(this.name, module);
    return isSyncedTo(await this.live<Application>(path), revision);
  }

  async look(module: string): Promise<void> {
    await this.#argoCd.refresh(applicationName(this.name, module));
  }
}
